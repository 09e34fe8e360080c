import '../wizard.css';
import './job.css';
import { startPage } from '../startPage.ts';
import { drawJobPage } from './jobPage.ts';
import type { FromJobPage, JobState, JobView, ToJobPage } from '../../job/jobProtocol.ts';
import type { AfterDrawn } from '../../protocol.ts';

startPage<FromJobPage, JobView, JobState, AfterDrawn<ToJobPage>>({
  ready: (restored) => ({ type: 'ready', ...(restored && { restored }) }),
  draw: (...opened) => {
    const { update, flush, ...page } = drawJobPage(...opened);
    return {
      ...{ update, flush },
      take: (message) => {
        switch (message.type) {
          case 'rows':
            page.take(message);
            return;
          case 'fill':
            page.fill(message.form);
            return;
          case 'typedTaken':
            page.typedTaken(message.left);
            return;
          case 'focus':
            page.focusField(message.field);
            return;
        }
      },
    };
  },
});
