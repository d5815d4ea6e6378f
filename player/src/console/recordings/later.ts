import '../../element/index.js';

/*
 * What nobody needs before the list is there: the player, what a row opens, and the question before a deletion. It is one
 * piece, since it is wanted at the same time.
 */
export { DeleteDialog } from './delete-dialog.js';
export { panelView } from './panel.js';
