import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type FormEvent, useId, useState } from 'react'
import { useFollow } from '../follow/use-follow.ts'
import { HoldLine } from './hold-line.tsx'
import { emptyDraft, holdOf, textMax } from './model.ts'
import type { Chat } from './use-chat.ts'
import { useSend } from './use-send.ts'
import type { Talk } from './use-talk.ts'

type ComposerProps = {
  liveId: string
  shop: { id: string; name: string }
  chat: Chat
  talk: Talk
  /** Server time minus device time. */
  offsetMs: number
}

/** Writes into the chat, and says why it cannot be. */
export function Composer({ liveId, shop, chat, talk, offsetMs }: ComposerProps) {
  const { field, draft, onDraft } = talk
  const t = useT()
  const holdId = useId()
  const [, turn] = useState(0)
  const nowMs = () => Date.now() + offsetMs
  const sender = useSend({ liveId, chat, nowMs })
  const { isFollowing } = useFollow(shop.id)
  const hold = holdOf({
    settings: chat.board?.settings ?? null,
    ...{ role: chat.role, mute: chat.mute, isFollowing, slowUntilMs: sender.slowUntilMs },
    nowMs: nowMs(),
  })
  const isShut = hold !== null && hold.why !== 'slow'
  const isEmpty = draft.text.trim() === ''
  // More than a field takes the whole width.
  const isWide = !isEmpty || draft.replyTo !== null || hold !== null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isEmpty || hold) return
    onDraft(emptyDraft)
    const isTaken = await sender.send(draft)
    if (!isTaken && field.current?.value === '') onDraft(draft)
  }
  return (
    <form className="composer" data-open={isWide} onSubmit={submit}>
      {hold && (
        <HoldLine
          id={holdId}
          {...{ hold, shop, offsetMs }}
          onEnd={() => turn(times => times + 1)}
        />
      )}
      {draft.replyTo && <Quote draft={draft} onDraft={onDraft} />}
      <div className="room-write">
        <input
          ref={field}
          value={draft.text}
          disabled={isShut}
          onChange={event => onDraft({ ...draft, text: event.target.value })}
          placeholder={t(isShut ? `chat.hold.${hold.why}Short` : 'chat.placeholderShort')}
          aria-label={t('chat.placeholder')}
          aria-describedby={hold ? holdId : undefined}
          maxLength={textMax}
          autoComplete="off"
          enterKeyHint="send"
        />
        {!isEmpty && chat.board?.settings.takesQuestions && (
          <AskSwitch draft={draft} onDraft={onDraft} />
        )}
        {!isEmpty && (
          <Button tone="primary" size="s" type="submit" disabled={hold !== null}>
            {t('chat.send')}
          </Button>
        )}
      </div>
    </form>
  )
}

type DraftProps = Pick<Talk, 'draft' | 'onDraft'>

/** Whom I answer. */
function Quote({ draft, onDraft }: DraftProps) {
  const t = useT()
  const { replyTo } = draft
  return (
    <p className="composer-quote">
      <span className="k-clamp">
        {t('chat.inReplyTo', { name: replyTo?.author.nickname })} {replyTo?.text}
      </span>
      <IconButton
        icon="close"
        label={t('chat.replyNot')}
        onClick={() => onDraft({ ...draft, replyTo: null })}
      />
    </p>
  )
}

/** A word to all, or a question to the host. */
function AskSwitch({ draft, onDraft }: DraftProps) {
  const t = useT()
  const isQuestion = draft.kind === 'question'
  return (
    <button
      type="button"
      className="composer-ask"
      aria-pressed={isQuestion}
      aria-label={t('chat.askHost')}
      onClick={() => onDraft({ ...draft, kind: isQuestion ? 'comment' : 'question' })}
    >
      {t('chat.question')}
    </button>
  )
}
