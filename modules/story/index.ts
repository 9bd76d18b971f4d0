import type { Handlers } from '@kaibo/contract/core/handlers'
import type { storyApi } from '@kaibo/contract/show/story'
import { createHandlers } from './routes.ts'
import type { StoryNeeds } from './story.ts'

export type { StoryNeeds }

/** Story cards 故事 and comparison tables 对比 of shops, shown beside the video of a room. */
export type Stories = { readonly handlers: Handlers<typeof storyApi> }

export const createStory = (needs: StoryNeeds): Stories => ({ handlers: createHandlers(needs) })
