import './wizard.css';
import { startPage } from './startPage.ts';
import { drawTargetPage } from './targetPage.ts';
import type { AfterDrawn } from '../protocol.ts';
import type { FromTargetPage, TargetState, TargetView, ToTargetPage } from '../targetProtocol.ts';

startPage<FromTargetPage, TargetView, TargetState, AfterDrawn<ToTargetPage>>({
  ready: (restored) => ({ type: 'ready', ...(restored && { restored }) }),
  draw: (...opened) => {
    const { update, flush, fillName, focusField } = drawTargetPage(...opened);
    return {
      ...{ update, flush },
      take: (message) => {
        switch (message.type) {
          case 'fill':
            fillName(message.form.name);
            return;
          case 'focus':
            focusField(message.field);
            return;
        }
      },
    };
  },
});
