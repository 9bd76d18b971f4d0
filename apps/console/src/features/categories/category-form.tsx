import type { Category } from '@kaibo/contract/goods/category'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Select } from 'antd'
import { useState } from 'react'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { Labelled } from '../goods/labelled.tsx'
import { categoryName } from '../goods/model.ts'
import { NameFields } from '../goods/name-form.tsx'
import { categoriesKey, useDocumentTypes } from '../goods/use-goods.ts'

type CategoryFormProps = {
  node: Category
  isNew: boolean
  onAddBelow: () => void
  onClose: () => void
}

/** One category: its names, the documents it asks for, and what it is called to the rates. */
export function CategoryForm({ node, isNew, onAddBelow, onClose }: CategoryFormProps) {
  const t = useT()
  const [language] = useLanguage()
  const [row, setRow] = useState(node)
  const types = useDocumentTypes().data?.items ?? []
  const { id, name, nameEn, documentTypeIds, rateHandle, parentId, position } = row
  const texts = { id, name: name.trim(), nameEn: nameEn.trim(), documentTypeIds, rateHandle }
  const done = { refresh: [categoriesKey], onDone: onClose }
  const save = useActionOf(
    () =>
      isNew ? api.category.create({ ...texts, parentId, position }) : api.category.update(texts),
    done,
  )
  const remove = useActionOf(() => api.category.remove({ id }), done)
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t(isNew ? 'categories.new' : 'categories.edit')}
      submitLabel={t('goods.save')}
      busy={save.busy}
      onSubmit={() => {
        if (texts.name !== '') save.run(undefined)
      }}
    >
      <NameFields
        name={name}
        nameEn={nameEn}
        nameMax={20}
        onChange={change => setRow({ ...row, ...change })}
      />
      <Labelled label={t('categories.documents')} hint={t('categories.documentsHint')} optional>
        {own => (
          <Select
            {...own}
            mode="multiple"
            maxCount={10}
            options={types.map(type => ({ value: type.id, label: categoryName(type, language) }))}
            value={documentTypeIds}
            onChange={ids => setRow({ ...row, documentTypeIds: ids })}
          />
        )}
      </Labelled>
      <TextField
        label={t('categories.rate')}
        hint={t('categories.rateHint')}
        optional
        value={rateHandle}
        maxLength={30}
        pattern="[a-z0-9-]*"
        onChange={event =>
          setRow({
            ...row,
            rateHandle: event.target.value.toLowerCase().replace(/[^a-z0-9-]/g, ''),
          })
        }
      />
      {!isNew && (
        <div className="form-pair">
          <Button size="s" onClick={onAddBelow}>
            {t('categories.addBelow')}
          </Button>
          <Button size="s" tone="danger" busy={remove.busy} onClick={() => remove.run(undefined)}>
            {t('goods.remove')}
          </Button>
        </div>
      )}
    </FormDrawer>
  )
}
