import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { useCode } from '../../shell/use-code.ts'
import type { Recognised } from './recognise.ts'

const fetchRecognise = async () => (await import('./recognise.ts')).recognise

/** A whole address as people send it to each other; what can be read out of it is filled in. */
export function AddressPaste({ onRead }: { onRead: (found: Recognised) => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const recognise = useCode(fetchRecognise, text === '' ? 'later' : 'soon')
  const read = () => {
    const found = recognise?.(text) ?? {}
    if (Object.keys(found).length === 0) toast.show(t('address.pasteNone'))
    else onRead(found)
  }
  return (
    <div className="address-paste">
      <TextareaField
        label={t('address.paste')}
        optional
        rows={2}
        maxLength={300}
        placeholder={t('address.pasteHint')}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {text.trim() !== '' && (
        <Button size="s" tone="quiet" disabled={!recognise} onClick={read}>
          {t('address.pasteRead')}
        </Button>
      )}
    </div>
  )
}
