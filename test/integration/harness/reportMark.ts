/** Begins each line that the suite inside VS Code says to people, among all that VS Code itself logs. */
export const reportMark = 'tests: ';
