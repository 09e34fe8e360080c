import { answerAutodiscoverSoap } from '../autodiscoverSoap.ts';
import { empty } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import { answerPox } from './autodiscoverPox.ts';
import type { Organisation } from './organisation.ts';
import type { OnPremisesState } from './state.ts';
import { knownSchemas, versionFacts } from './versions.ts';

export interface AutodiscoverServices {
  readonly organisation: Organisation;
  readonly state: OnPremisesState;
  /** The server's own. */
  readonly ewsUrl: string;
}

/** Begin of the distinguished names of an organisation's users, as Exchange has made them since 2007. */
const administrativeGroup = '/o=Contoso Lab/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';

/** Autodiscover for an account that has signed in: POX at autodiscover.xml, SOAP at autodiscover.svc. */
export function answerOnPremisesAutodiscover(request: LabRequest, services: AutodiscoverServices): LabAnswer {
  const { organisation, state, ewsUrl } = services;
  const { autodiscover } = state;
  const { redirectAddress, redirectUrl } = autodiscover;
  const internalEwsUrl = autodiscover.internalEwsUrl ?? ewsUrl;
  const externalEwsUrl = autodiscover.hasExternalEwsUrl ? (autodiscover.externalEwsUrl ?? ewsUrl) : null;
  const version = versionFacts[state.version].number;
  const shared = {
    users: organisation.accounts,
    isMailboxKnown: autodiscover.mailboxKnown,
    ...{ internalEwsUrl, externalEwsUrl, version, administrativeGroup },
  };
  switch (request.path.toLowerCase()) {
    case '/autodiscover/autodiscover.xml':
      return answerPox(request, { ...shared, names: organisation.names, redirectAddress, redirectUrl });
    case '/autodiscover/autodiscover.svc': {
      const redirect =
        redirectAddress !== null
          ? { code: 'RedirectAddress' as const, target: redirectAddress }
          : redirectUrl !== null
            ? { code: 'RedirectUrl' as const, target: redirectUrl }
            : null;
      const schemas = knownSchemas(state.version);
      return answerAutodiscoverSoap(request, { ...shared, redirect, schemas, schemaVersion: schemas.at(-1) ?? '' });
    }
    default:
      return empty(404);
  }
}
