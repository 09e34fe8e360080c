import * as vscode from 'vscode';
import { duplicateConnection } from './duplicateConnection.ts';
import { deleteJob } from './jobs/deleteJob.ts';
import { pickJob, showMoreMailboxes } from './jobs/pickJob.ts';
import { renameJob } from './jobs/renameJob.ts';
import { newOffice365Connection } from './newOffice365Connection.ts';
import { openConnectionSettings } from './openConnectionSettings.ts';
import { openRequirements } from './openRequirements.ts';
import { openTroubleshooting } from './openTroubleshooting.ts';
import { renameConnection } from './renameConnection.ts';
import { revealDefinition } from './revealDefinition.ts';
import type { Services } from './services.ts';
import { showDetails } from './showDetails.ts';
import { cancelVerification } from './cancelVerification.ts';
import { verifyAllIn } from './verifyAllIn.ts';
import { verifyLater } from './verifyLater.ts';
import { verifyConnection } from './verifyConnection.ts';

/** A command: its services, and what VS Code passes along (a tree node from a row, nothing from the palette). */
export type Command = (services: Services, target: unknown) => Promise<void> | void;

/**
 * Every command that package.json contributes, by the part of its id after "exchangeMigration.". Those that need much are
 * loaded when they are first used.
 */
export const commandTable: Readonly<Record<string, Command>> = {
  newOffice365Connection,
  verifyConnection,
  verifyLater,
  cancelVerification,
  verifyAllConnections: ({ rooms }) => verifyAllIn(rooms.source),
  verifyAllTargetConnections: ({ rooms }) => verifyAllIn(rooms.target),
  refreshConnections: ({ rooms }) => rooms.source.view.refresh(),
  refreshTargetConnections: ({ rooms }) => rooms.target.view.refresh(),
  newExchangeConnection: ({ rooms }) => rooms.target.wizards.openNew(),
  openConnectionSettings,
  signInAgain: async (services, target) => (await import('./signInAgain.ts')).signInAgain(services, target),
  renewCertificate: async (services, target) =>
    (await import('./renewCertificate.ts')).renewCertificate(services, target),
  grantPermission: async (services, target) => (await import('./grantPermission.ts')).grantPermission(services, target),
  renameConnection,
  duplicateConnection,
  openReport: async (services, target) => (await import('./openReport.ts')).openReport(services, target),
  copyReport: async (services, target) => (await import('./copyReport.ts')).copyReport(services, target),
  saveReport: async (services, target) => (await import('./saveReport.ts')).saveReport(services, target),
  reportIssue: async (services, target) => (await import('./reportIssue.ts')).reportIssue(services, target),
  exportConnection: async (services, target) =>
    (await import('./exportConnection.ts')).exportConnection(services, target),
  exportTargetConnections: async (services) =>
    (await import('./exportConnection.ts')).exportTargetConnections(services),
  importConnections: async (services) => (await import('./importConnections.ts')).importConnections(services),
  deleteConnection: async (services, target) =>
    (await import('./deleteConnection.ts')).deleteConnection(services, target),
  newJob: ({ jobs }) => jobs.wizards.openNew(),
  openJobSettings: async (services, target) => {
    const job = await pickJob(services, target, vscode.l10n.t('Settings of which job?'));
    if (job) await services.jobs.wizards.openSettings(job);
  },
  duplicateJob: async (services, target) => {
    const job = await pickJob(services, target, vscode.l10n.t('Duplicate which job?'));
    if (job) await services.jobs.wizards.openDuplicate(job);
  },
  renameJob,
  scanJob: async (services, target) => (await import('./jobs/runScan.ts')).runScan(services, target),
  cancelScan: async (services, target) => (await import('./jobs/runScan.ts')).cancelScan(services, target),
  exportJob: async (services, target) => (await import('./jobs/exportJob.ts')).writeJob(services, target),
  importJob: async (services) => (await import('./jobs/importJob.ts')).importJob(services),
  deleteJob,
  refreshJobs: ({ jobs }) => jobs.view.refresh(),
  showMoreMailboxes: ({ jobs }, target) => showMoreMailboxes(jobs, target),
  revealDefinition,
  showDetails,
  showLog: ({ log }) => log.show(),
  openRequirements,
  openTroubleshooting,
};
