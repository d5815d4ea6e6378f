import { Filters } from './recordings/filters.js';
import { RecordingsPage } from './recordings/page.js';
import { ConsoleApp } from './shell/app.js';
import { define } from './shell/define.js';

// From the inside out, so that each finds what it is made of. What few people need, or not at once, comes when it is wanted.
define('console-filters', Filters);
define('console-recordings', RecordingsPage);
define('earshot-console', ConsoleApp);
