import type { RoomStories } from '@kaibo/contract/show/story'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'

/** What the room shows beside the video. */
export function useStories(liveId: string): RoomStories['items'] {
  const stories = useQueryOf(['stories', liveId], () => api.story.ofRoom({ id: liveId }))
  useTopic(topics.live(liveId), {
    onResync: stories.refetch,
    onOrdered(message) {
      if (message.t === 'story.changed' && message.version > (stories.data?.version ?? 0))
        void stories.refetch()
    },
  })
  return stories.data?.items ?? []
}
