import { describeAppearance } from './harness/appearance.ts';

describeAppearance({ dark: 'Dark 2026', light: 'Light 2026' });
