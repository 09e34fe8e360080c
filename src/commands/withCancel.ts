import * as vscode from 'vscode';

/** Does something that takes a while, in a notification with a Cancel button. @param work reports how far it is */
export async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, cancelled) => {
      const stop = new AbortController();
      cancelled.onCancellationRequested(() => stop.abort());
      return work(stop.signal, (message) => progress.report({ message }));
    },
  );
}
