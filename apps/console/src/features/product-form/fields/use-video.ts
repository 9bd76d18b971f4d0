import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { fileIdOf } from '../../pictures/model.ts'

export type VideoUpload = ReturnType<typeof useVideo>

const bytesMax = 32 * 1024 * 1024

/** The video of a form: uploaded when it is chosen. */
export function useVideo(firstUrl: string | null, onChange: () => void) {
  const t = useT()
  const [url, setUrl] = useState(firstUrl)
  const set = (next: string | null) => {
    setUrl(next)
    onChange()
  }
  const upload = useActionOf(
    async (file: File) =>
      api.files.uploadVideo({
        bytes: new Uint8Array(await file.arrayBuffer()),
        contentType: file.type,
      }),
    { onDone: stored => set(stored.url) },
  )
  return {
    url,
    fileId: (url && fileIdOf(url)) ?? null,
    isBusy: upload.busy,
    choose: (file: File) => {
      if (file.size > bytesMax) toast.error(t('product.videoTooLarge'))
      else upload.run(file)
    },
    remove: () => set(null),
  }
}
