import type { Services } from './services.ts';

export async function newOffice365Connection({ wizards }: Services): Promise<void> {
  await wizards.openNew();
}
