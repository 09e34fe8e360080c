import { describeAppearance } from './harness/appearance.ts';

describeAppearance({
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
});
