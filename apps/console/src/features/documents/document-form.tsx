import { newId } from '@kaibo/kernel/ids'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { categoryName } from '../goods/model.ts'
import { documentsKey, useDocumentTypes } from '../goods/use-goods.ts'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'

const filesMax = 5

/** Hands in a document. */
export function DocumentForm({ shopId, onClose }: { shopId: string; onClose: () => void }) {
  const t = useT()
  const [language] = useLanguage()
  const [id] = useState(newId)
  const [form, setForm] = useState({ typeId: '', number: '', expiresOn: '' })
  const pictures = usePictures([], filesMax)
  const types = useDocumentTypes().data?.items ?? []
  const type = types.find(each => each.id === form.typeId)
  const fileIds = fileIdsOf(pictures.list)
  const submit = useActionOf(
    () =>
      api.qualification.submit({
        ...{ shopId, id, typeId: form.typeId, number: form.number.trim(), fileIds },
        expiresOn: form.expiresOn || null,
      }),
    {
      refresh: [documentsKey(shopId), ['shop', shopId]],
      onDone: ({ standing }) => {
        toast.success(t(standing === 'pending' ? 'documents.handedIn' : 'documents.counts'))
        onClose()
      },
    },
  )
  const isWhole = form.typeId !== '' && form.number.trim() !== '' && fileIds.length > 0
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('documents.new')}
      submitLabel={t('documents.handIn')}
      busy={submit.busy}
      onSubmit={() => (isWhole ? submit.run(undefined) : toast.error(t('documents.notWhole')))}
    >
      <SelectField
        label={t('documents.type')}
        hint={type?.hint}
        value={form.typeId}
        options={[
          { value: '', label: t('documents.choose') },
          ...types.map(each => ({ value: each.id, label: categoryName(each, language) })),
        ]}
        onChange={event => setForm({ ...form, typeId: event.target.value })}
      />
      <TextField
        label={t('documents.number')}
        value={form.number}
        maxLength={60}
        onChange={event => setForm({ ...form, number: event.target.value })}
      />
      <TextField
        label={t('documents.expires')}
        hint={t('documents.expiresHint')}
        optional
        type="date"
        value={form.expiresOn}
        onChange={event => setForm({ ...form, expiresOn: event.target.value })}
      />
      <PicturesField
        label={t('documents.files')}
        hint={t('documents.filesHint', { count: filesMax })}
        pictures={pictures}
      />
    </FormDrawer>
  )
}
