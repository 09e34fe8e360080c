import * as vscode from 'vscode';
import type { SignInWay } from './protocol.ts';

/** A browser comes back to the machine it runs on: not to an extension host elsewhere. */
export function signInWay(): SignInWay {
  return vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName !== undefined ? 'deviceCode' : 'browser';
}
