import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { CommentActions } from './use-comment-actions.ts'
import type { CommentsState } from './use-comments.ts'

/** What stands above the chat for everybody: the announcement and the pinned comment. */
export function Board({ state, actions }: { state: CommentsState; actions: CommentActions }) {
  const t = useT()
  const { board, keeper } = state
  if (!board?.announcement && !board?.pinned) return null
  return (
    <div className="board">
      {board.announcement && (
        <p className="board-line">
          <Icon name="sound" />
          <span className="k-clamp" title={board.announcement}>
            <span className="k-sr">{t('guard.announcement')} </span>
            {board.announcement}
          </span>
        </p>
      )}
      {board.pinned && (
        <p className="board-line">
          <Icon name="pin" />
          <span className="k-clamp" title={board.pinned.text}>
            <b>{board.pinned.author.nickname}</b> {board.pinned.text}
          </span>
          {keeper.assists && (
            <IconButton
              icon="close"
              label={t('comments.unpin')}
              onClick={() => actions.pin.run(null)}
            />
          )}
        </p>
      )}
    </div>
  )
}
