import * as vscode from 'vscode';
import { markdownReport } from '../verification/report/markdownReport.ts';
import { pickReport } from './pickReport.ts';
import type { Services } from './services.ts';

const issueReporter = 'workbench.action.openIssueReporter';

/** Opens VS Code's issue reporter with the report filled in. The user sees all of it before anything is sent. */
export async function reportIssue(services: Services, target: unknown): Promise<void> {
  const picked = await pickReport(services, target, vscode.l10n.t('Report an issue with which connection?'));
  if (!picked) return;
  const issueBody = markdownReport(picked.report);
  try {
    await vscode.commands.executeCommand(issueReporter, { extensionId: services.extensionId, issueBody });
  } catch {
    // Not every VS Code has it, and an administrator may have turned it off.
    await vscode.env.clipboard.writeText(issueBody);
    await vscode.window.showInformationMessage(
      vscode.l10n.t('VS Code’s issue reporter is not available here. The report was copied: paste it into the issue.'),
    );
  }
}
