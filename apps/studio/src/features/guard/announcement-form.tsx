import type { ChatBoard } from '@kaibo/contract/show/chat'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'

const textMax = 200

type AnnouncementFormProps = {
  shopId: string
  liveId: string
  board: ChatBoard | null
  onBoard: (board: ChatBoard) => void
}

/** What stands above the chat of everybody, until it is taken down. */
export function AnnouncementForm({ shopId, liveId, board, onBoard }: AnnouncementFormProps) {
  const t = useT()
  const [text, setText] = useState(board?.announcement ?? '')
  const announce = useActionOf(
    (announcement: string | null) => api.chat.announce({ shopId, id: liveId, announcement }),
    {
      onDone(next) {
        onBoard(next)
        setText(next.announcement ?? '')
        toast.success(t(next.announcement === null ? 'guard.tookDown' : 'guard.announced'))
      },
    },
  )
  const words = text.trim()
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (words !== '') announce.run(words)
      }}
    >
      <TextareaField
        label={t('guard.announcement')}
        hint={t('guard.announcementHint')}
        value={text}
        maxLength={textMax}
        onChange={event => setText(event.target.value)}
      />
      <div className="k-row">
        <Button
          type="submit"
          tone="primary"
          disabled={words === '' || words === board?.announcement}
          busy={announce.busy}
        >
          {t('guard.announce')}
        </Button>
        {board?.announcement && (
          <Button busy={announce.busy} onClick={() => announce.run(null)}>
            {t('guard.takeDown')}
          </Button>
        )}
      </div>
    </form>
  )
}
