import * as vscode from 'vscode';
import type { Row } from './connectionRow.ts';

/** @param id unique in its view; VS Code keeps a row's state by it */
export function treeItem(id: string, row: Row, state = vscode.TreeItemCollapsibleState.None): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.id = id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  item.contextValue = row.contextValue;
  item.tooltip = new vscode.MarkdownString(row.tooltip);
  item.accessibilityInformation = { label: row.spoken };
  return item;
}
