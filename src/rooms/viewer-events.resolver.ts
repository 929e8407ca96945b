// The list of one's rooms as it changes, over GraphQL.
import { Resolver, Subscription } from '@nestjs/graphql';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, type Viewer } from '../core/viewer.js';
import type { LossyStream } from './lossy-stream.js';
import { ViewerEvent, type ViewerItem } from './viewer.events.js';
import { ViewerStreams } from './viewer-streams.service.js';

@Resolver()
export class ViewerEventsResolver {
  constructor(private readonly streams: ViewerStreams) {}

  @PerViewer()
  @Subscription(() => ViewerEvent, {
    resolve: (event: ViewerEvent) => event,
    description:
      'What the list of your rooms should know, in one subscription for all of them: activity, rooms that came and went, mentions of you. ViewerReady comes first: load the list after it. Lossy: merged, the newest wins, no cursor; after a loss of connection subscribe again and load the list anew. Ends with an error: UNAUTHENTICATED (session ended). Errors: UNAUTHENTICATED, UNAVAILABLE.',
  })
  viewerEvents(@CurrentViewer() viewer: Viewer): Promise<LossyStream<ViewerItem>> {
    return this.streams.subscribe(viewer);
  }
}
