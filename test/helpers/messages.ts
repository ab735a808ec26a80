/** Gives tests in Node the sentences of all codes, as worker and command line have them. */
import { addMessages } from '../../src/core/errors.ts';
import { MESSAGES } from '../../src/core/messages.ts';

addMessages(MESSAGES);
