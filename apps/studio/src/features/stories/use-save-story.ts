import type { StoryPlan } from '@kaibo/contract/show/story'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'

/** Writes a story or a comparison: a new one, or one of the shop's anew; rooms that show it follow. */
export const useSaveStory = (
  { shopId, id }: { shopId: string; id: string | undefined },
  { onDone }: { onDone: () => void },
) =>
  useActionOf(
    (story: StoryPlan) =>
      id
        ? api.story.update({ shopId, id, story })
        : api.story.create({ shopId, id: newId(), story }),
    { refresh: [['stories', shopId], ['room-stories']], onDone },
  )
