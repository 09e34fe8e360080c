// esbuild turns an imported style sheet into the bundle's own .css file; there is nothing to import from it.
declare module '*.css';
