import * as vscode from 'vscode';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { HttpClient } from '../ews/transport/httpClient.ts';
import { trustedCas } from '../ews/transport/trustedCas.ts';
import type { RegistrationTools } from '../identity/registration/appRegistration.ts';
import type { Work } from '../identity/registration/registrar.ts';
import { explainRegistration } from '../verification/findings/registration.ts';
import type { Services } from './services.ts';
import { showDeviceCode } from './showDeviceCode.ts';
import { withCancel } from './withCancel.ts';

/** How long what must be done after a cancellation may take, in milliseconds. */
const afterwardsMs = 15_000;

export interface AdministratorWork {
  readonly tools: RegistrationTools;
  readonly signal: AbortSignal;
  /** Tells how far it is. */
  readonly report: (message: string) => void;
  /** For what must be done though the work was cancelled. */
  readonly afterwards: () => RegistrationTools;
}

/**
 * Signs an administrator in to the connection's tenant, and works on its app registrations. The token is forgotten
 * afterwards.
 * @param failed how a failure is told, given what went wrong
 * @returns undefined when it was cancelled or failed; the user has been told why
 */
export async function asAdministrator<T>(
  services: Services,
  connection: ConnectionSettings,
  { title, failed }: { readonly title: string; readonly failed: (problem: string) => string },
  work: (at: AdministratorWork) => Promise<T>,
): Promise<T | undefined> {
  return withCancel(title, async (signal, report) => {
    const { registrar } = await services.loadIdentity();
    const client = new HttpClient(trustedCas(connection.additionalCa?.pem));
    const within = (bound: AbortSignal): Work => ({ http: client.within({ signal: bound }), signal: bound });
    try {
      report(vscode.l10n.t('Waiting for the administrator’s sign-in…'));
      const administrator = await registrar.signIn(services.signInWay, connection, within(signal), {
        onWaiting: () => undefined,
        onCode: (code) => void showDeviceCode(code),
      });
      return await work({
        tools: registrar.tools(connection, administrator, within(signal)),
        signal,
        report,
        afterwards: () => registrar.tools(connection, administrator, within(AbortSignal.timeout(afterwardsMs))),
      });
    } catch (error) {
      if (!signal.aborted) tell(failed, error, connection);
      return undefined;
    } finally {
      client.close();
    }
  });
}

/** Not waited for: the progress shall not stay as long as the message. */
function tell(failed: (problem: string) => string, error: unknown, connection: ConnectionSettings): void {
  const { title, remedies } = explainRegistration(error, connection);
  const problem = [title, remedies[0]?.text].filter((text) => text !== undefined).join(' ');
  void vscode.window.showErrorMessage(failed(problem));
}
