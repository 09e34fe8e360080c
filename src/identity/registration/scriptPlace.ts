import type { CloudId } from '../../connections/sourceConnection.ts';
import { cloudOf } from '../clouds.ts';
import type { Cloud } from '../clouds.ts';

/** Where a script registers the app. */
export interface ScriptPlace {
  readonly cloud: CloudId;
  /** Id or domain. */
  readonly tenant: string;
  /** Origin of Microsoft Graph, such as https://graph.microsoft.com */
  readonly graph: string;
  /** Origin of the sign-in service. */
  readonly authority: string;
  /** Client id of the app that signs the administrator in; the tool's own unless told. Azure CLI takes no other. */
  readonly signInClient?: string;
}

/** The cloud whose own addresses a place has; undefined where the connection names others. */
export function knownCloud({ cloud: id, graph, authority }: ScriptPlace): Cloud | undefined {
  const cloud = cloudOf(id);
  return cloud && graph === `https://${cloud.graph}` && authority === `https://${cloud.login}` ? cloud : undefined;
}
