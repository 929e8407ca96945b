// Where the package stands, wherever in it this code was compiled or bundled to.
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(findPackageJSON('..', import.meta.url) ?? '.');

/** A file or directory of the package. */
export const fromRoot = (path: string): string => join(root, path);
