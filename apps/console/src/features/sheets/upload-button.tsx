import { sheetBytesMax } from '@kaibo/contract/goods/sheet-limits'
import { Button, type ButtonProps } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useRef } from 'react'

export type SheetUpload = { bytes: Uint8Array; contentType: string }

type UploadButtonProps = Pick<ButtonProps, 'tone' | 'size' | 'busy'> & {
  label: string
  onFile: (upload: SheetUpload, name: string) => void
}

/** Chooses a CSV or XLSX file; one that is too large is said so before it is sent. */
export function UploadButton({ label, onFile, ...button }: UploadButtonProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > sheetBytesMax) {
      toast.error(t('sheet.tooLarge'))
      return
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    onFile({ bytes, contentType: 'application/octet-stream' }, file.name)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={label}
        onChange={event => {
          void take(event.target.files?.[0])
          // The same file, mended, may be chosen again.
          event.target.value = ''
        }}
      />
      <Button {...button} icon="upload" onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
