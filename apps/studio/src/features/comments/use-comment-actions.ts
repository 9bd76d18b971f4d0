import type { ChatBoard, Comment } from '@kaibo/contract/show/chat'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { offerUndo } from '../../shell/undo.tsx'
import { heldKey, questionsKey } from './model.ts'
import type { CommentsState } from './use-comments.ts'

type Room = { shopId: string; liveId: string; state: CommentsState }

/** What the desk does with comments: each shows at once, a removal can be taken back. */
export function useCommentActions({ shopId, liveId, state }: Room) {
  const t = useT()
  const ids = { shopId, id: liveId }
  const queues = [questionsKey(liveId), heldKey(liveId)]
  const { store, setBoard } = state

  const pin = useActionOf(
    (commentId: string | null): Promise<ChatBoard> => api.chat.pin({ ...ids, commentId }),
    { onDone: setBoard },
  )
  const mark = useActionOf(
    ({ id, isAnswered }: Pick<Comment, 'id' | 'isAnswered'>) =>
      api.chat.setAnswered({ ...ids, commentId: id, isAnswered }),
    {
      refresh: queues,
      onDone: ({ id, isAnswered }) => store.change(id, { isAnswered }),
    },
  )
  const show = useActionOf(
    (comment: Comment) => api.chat.setState({ ...ids, commentId: comment.id, state: 'shown' }),
    { refresh: queues, onDone: comment => store.pushNow(comment) },
  )
  const remove = useActionOf(
    (comment: Comment) => api.chat.setState({ ...ids, commentId: comment.id, state: 'removed' }),
    {
      refresh: queues,
      onDone(_, comment) {
        store.remove([comment.id])
        offerUndo(t('comments.removed', { name: comment.author.nickname }), () => show.run(comment))
      },
    },
  )
  return { pin, mark, show, remove }
}

export type CommentActions = ReturnType<typeof useCommentActions>
