/** The command line, a file it names or the secret cannot be used: nothing was verified. The message is for the user. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
