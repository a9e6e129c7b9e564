/** What providers send, and what is told by it: every payload of the folder against the file beside it. */
import { readStory, storiesOf } from '../../../support/provider-payload.ts';

test.each(storiesOf().map((story) => ({ ...story, title: `${story.provider}: ${story.name}` })))('$title', (story) => {
  expect(readStory(story)).toEqual(story.expected);
});
