import type { Comment } from '@kaibo/contract/show/chat'
import { useT } from '@kaibo/ui/i18n.ts'
import { piecesOf } from './model.ts'

/** Who says what: the badge, the question mark, whom it answers, the names that it calls. */
export function ChatWords({ comment }: { comment: Comment }) {
  const t = useT()
  const { role, kind, author, replyTo, text, mentions, isAnswered } = comment
  return (
    <>
      {role !== 'none' && (
        <span className="chat-tag" data-role={role}>
          {t(`chat.role.${role}`)}
        </span>
      )}
      {kind === 'question' && (
        <span className="chat-tag" data-role="question">
          {t('chat.question')}
        </span>
      )}
      <span className="k-chat-author">{author.nickname}</span>
      {replyTo && (
        <span className="chat-quote">
          {t('chat.inReplyTo', { name: replyTo.author.nickname })}{' '}
          <q>{replyTo.text ?? t('chat.gone')}</q>
        </span>
      )}
      <span className="k-chat-text">
        {mentions.length === 0
          ? text
          : piecesOf(text, mentions).map(piece =>
              piece.isName ? <b key={piece.at}>{piece.text}</b> : piece.text,
            )}
      </span>
      {isAnswered && <span className="chat-answered">✓ {t('chat.answered')}</span>}
    </>
  )
}
