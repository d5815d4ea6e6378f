import type { Plugin } from 'vite';

export function styleHashes(): Plugin;
