import './wizard.css';
import { drawPage } from './page.ts';
import { startPage } from './startPage.ts';
import type { AfterDrawn, FromPage, PageState, ToPage, WizardView } from '../protocol.ts';

startPage<FromPage, WizardView, PageState, AfterDrawn<ToPage>>({
  ready: (restored) => ({ type: 'ready', ...(restored && { restored }) }),
  draw: (...opened) => {
    const { credentials, update, flush } = drawPage(...opened);
    return {
      ...{ update, flush },
      take: (message) => {
        switch (message.type) {
          case 'fill':
            credentials.fillName(message.form.name);
            return;
          case 'choose':
            credentials.choose(message.form);
            return;
          case 'focus':
            credentials.focusField(message.field);
            return;
        }
      },
    };
  },
});
