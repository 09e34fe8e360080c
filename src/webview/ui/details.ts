import './details.css';
import { makeDetailsPage } from './detailsPage.ts';
import { startPage } from './startPage.ts';
import type { DetailsState, DetailsView, FromDetails } from '../detailsProtocol.ts';

startPage<FromDetails, DetailsView, DetailsState>({
  ready: () => ({ type: 'ready' }),
  draw: (root, host, view, state) => {
    host.keep(state);
    const page = makeDetailsPage(host);
    root.replaceChildren(...page.elements);
    page.update(view);
    return page;
  },
});
