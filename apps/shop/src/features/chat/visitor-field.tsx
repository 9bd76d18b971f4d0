import { useT } from '@kaibo/ui/i18n.ts'
import type { KeyboardEvent } from 'react'

/** Where a visitor would write: pressed or typed into, it asks to sign in. */
export function VisitorField({ onAsk }: { onAsk: () => void }) {
  const t = useT()
  return (
    <div className="composer">
      <div className="room-write">
        <input
          readOnly
          onClick={onAsk}
          onKeyDown={event => isTyping(event) && onAsk()}
          placeholder={t('chat.placeholderShort')}
          aria-label={t('chat.placeholder')}
        />
      </div>
    </div>
  )
}

const isTyping = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (key === 'Enter' || key.length === 1)
