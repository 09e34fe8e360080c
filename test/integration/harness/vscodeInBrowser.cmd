@rem @vscode/test-electron can start no TypeScript file on Windows.
@node "%~dp0vscodeInBrowser.ts" %*
