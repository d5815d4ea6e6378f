import '../../element/index.js';

/*
 * What nobody needs before the list is there: the player, what a row opens, and the question before a deletion. It is one
 * piece, since it is wanted at the same time. The button for a simulated call, of which a local stack alone knows, is put to it.
 */
export { DeleteDialog } from './delete-dialog.js';
export { panelView } from './panel.js';
export { SimulateButton } from '../shell/simulate.js';
