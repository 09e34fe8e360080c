import { describeAppearance } from './harness/appearance.ts';

describeAppearance({ dark: 'Default Dark Modern', light: 'Default Light Modern' });
