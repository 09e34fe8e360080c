import assert from 'node:assert/strict';
import { axe, describeViolations } from './axe.ts';
import type { Theme, Workbench } from './workbench.ts';

/** Themes by their names in the names of pictures: one of each kind. */
export const allThemes: Readonly<Record<string, Theme>> = {
  dark: 'Dark 2026',
  light: 'Light 2026',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/**
 * Looks at the page of the active tab in each of the themes for what is not accessible, and leaves a picture of each in
 * out/screenshots.
 * @param onPicture is told its name
 */
export async function lookInThemes(
  workbench: Workbench,
  themes: Readonly<Record<string, Theme>>,
  state: string,
  onPicture: (picture: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const [index, [name, theme]] of Object.entries(themes).entries()) {
    await workbench.changeTheme(theme);
    const picture = `${state}-${name}`;
    await workbench.screenshot(picture);
    await onPicture(picture);
    // But for its colours a page is the same in each theme.
    const violations = await axe(await workbench.webviewFrame(), index === 0 ? 'everything' : 'colours');
    assert.deepEqual(describeViolations(violations), [], picture);
  }
}
