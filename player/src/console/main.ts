import { ConsoleApp } from './shell/app.js';

customElements.define('earshot-console', ConsoleApp);
