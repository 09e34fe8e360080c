import { copyReport } from './copyReport.ts';
import { deleteConnection } from './deleteConnection.ts';
import { duplicateConnection } from './duplicateConnection.ts';
import { exportConnection } from './exportConnection.ts';
import { importConnections } from './importConnections.ts';
import { newOffice365Connection } from './newOffice365Connection.ts';
import { openConnectionSettings } from './openConnectionSettings.ts';
import { openReport } from './openReport.ts';
import { openRequirements } from './openRequirements.ts';
import { openTroubleshooting } from './openTroubleshooting.ts';
import { renewCertificate } from './renewCertificate.ts';
import { renameConnection } from './renameConnection.ts';
import { reportIssue } from './reportIssue.ts';
import { revealDefinition } from './revealDefinition.ts';
import { saveReport } from './saveReport.ts';
import type { Services } from './services.ts';
import { showDetails } from './showDetails.ts';
import { signInAgain } from './signInAgain.ts';
import { cancelVerification } from './cancelVerification.ts';
import { verifyAllConnections } from './verifyAllConnections.ts';
import { verifyLater } from './verifyLater.ts';
import { verifyConnection } from './verifyConnection.ts';

/** A command: its services, and what VS Code passes along (a tree node from a row, nothing from the palette). */
export type Command = (services: Services, target: unknown) => Promise<void> | void;

/** Every command that package.json contributes, by the part of its id after "exchangeMigration.". */
export const commandTable: Readonly<Record<string, Command>> = {
  newOffice365Connection,
  verifyConnection,
  verifyLater,
  cancelVerification,
  verifyAllConnections,
  refreshConnections: ({ view }) => view.refresh(),
  openConnectionSettings,
  signInAgain,
  renewCertificate,
  renameConnection,
  duplicateConnection,
  openReport,
  copyReport,
  saveReport,
  reportIssue,
  exportConnection,
  importConnections,
  deleteConnection,
  revealDefinition,
  showDetails,
  showLog: ({ log }) => log.show(),
  openRequirements,
  openTroubleshooting,
};
