import type { ProductImport } from '@kaibo/contract/goods/productsheet'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useState } from 'react'
import { productsKey } from '../products/use-products.ts'
import type { SheetUpload } from '../sheets/upload-button.tsx'

const progressMs = 1_000

/** One import: the file is checked, shown, applied, and watched until it is done. */
export function useImport(shopId: string) {
  const [id, setId] = useState<string | null>(null)
  const refresh = [productsKey(shopId), ['shop', shopId, 'imports']]
  const key = ['shop', shopId, 'imports', id]
  const check = useActionOf(
    (upload: SheetUpload) => api.productsheet.check({ shopId, importId: newId(), ...upload }),
    { onDone: ({ id: checked }) => setId(checked) },
  )
  const apply = useActionOf(
    (pictureFileId: string | null) =>
      api.productsheet.apply({ shopId, id: id ?? '', pictureFileId }),
    { refresh },
  )
  const [isApplying, setApplying] = useState(false)
  const { data } = useQueryOf<ProductImport>(
    key,
    async () => {
      const view = await api.productsheet.view({ shopId, id: id ?? '' })
      setApplying(view.state === 'applying')
      return view
    },
    { enabled: id !== null, ...(isApplying ? { everyMs: progressMs } : {}) },
  )
  return { import: id === null ? null : (data ?? null), check, apply, forget: () => setId(null) }
}
