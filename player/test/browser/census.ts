import { census } from '../../src/element/scope.js';

Object.assign(window, { census });
