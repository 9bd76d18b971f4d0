import type { Fragment } from 'hls.js'
import Hls from 'hls.js/light'

/**
 * Loads the parts of LL-HLS. The library (1.7.4) takes a segment for loaded as soon as no more than
 * 0.2 s of it are missing: when its last part is shorter and comes late, it asks for nothing any more
 * and stands for five seconds. Such a segment is forgotten here, which only makes it look again at what
 * is missing: parts that are there are not loaded twice.
 */
export class PartLoader extends Hls.DefaultConfig.streamController {
  protected override isLoopLoading(segment: Fragment, targetSec: number): boolean {
    const isLoop = super.isLoopLoading(segment, targetSec)
    if (!isLoop || !this.loadingParts) return isLoop
    this.fragmentTracker.removeFragment(segment)
    return false
  }
}
