import { describeAppearance } from './harness/appearance.ts';

describeAppearance('high-contrast', 'Default High Contrast');
describeAppearance('high-contrast-light', 'Default High Contrast Light');
