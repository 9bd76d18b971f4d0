import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect } from 'react'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'

type LogoFieldProps = { fileId: string | null; onChange: (fileId: string | null) => void }

/** One picture. */
export function LogoField({ fileId, onChange }: LogoFieldProps) {
  const t = useT()
  const pictures = usePictures(fileId ? [`/api/files/${fileId}`] : [], 1)
  const [stored = null] = fileIdsOf(pictures.list)
  useEffect(() => {
    if (stored !== null && stored !== fileId) onChange(stored)
  }, [stored, fileId, onChange])
  return <PicturesField label={t('brands.logo')} hint={t('brands.logoHint')} pictures={pictures} />
}
