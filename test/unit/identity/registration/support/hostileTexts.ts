/** What a script must take as text: each would run a command, or end a quote, in one shell or the other. */
export const hostileTexts: readonly string[] = [
  `O'Brien's`,
  `'; touch pwned; '`,
  `"; touch pwned; "`,
  '$(touch pwned)',
  '`touch pwned`',
  'two\nlines; touch pwned',
  `’; New-Item pwned; ‘`,
  String.raw`\'; touch pwned #`,
  '%{subscriptionId} & ü',
];
