import { describeAppearance } from './harness/appearance.ts';

describeAppearance('dark', 'Default Dark Modern');
describeAppearance('light', 'Default Light Modern');
