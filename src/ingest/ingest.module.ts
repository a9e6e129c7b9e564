/** Wires imports; whoever includes it provides the DataSource. */
import { Module } from '@nestjs/common';
import { loadPersonalData } from '../catalog/personal-data.ts';
import { loadPublished } from '../catalog/provider-errors.ts';
import { loadSpellings } from '../catalog/spellings.ts';
import { loadTrackingWords } from '../catalog/tracking.ts';
import { sourceRanker } from '../core/mapping/source-rank.ts';
import { projectRoot } from '../platform/config.ts';
import { ArrayService } from './array.service.ts';
import { ImportVocabulary } from './import-vocabulary.ts';
import { ImportService } from './import.service.ts';
import { ImportsQuery } from './imports.query.ts';
import { UploadJob } from './upload.job.ts';
import { UploadService } from './upload.service.ts';

@Module({
  providers: [
    ArrayService,
    ImportService,
    UploadService,
    UploadJob,
    ImportsQuery,
    {
      provide: ImportVocabulary,
      useFactory: () => {
        const root = projectRoot();
        const words = loadTrackingWords(root);
        const published = loadPublished(root, words);
        return new ImportVocabulary(loadSpellings(root), loadPersonalData(root), sourceRanker(words), published);
      },
    },
  ],
  exports: [ArrayService, ImportService, ImportsQuery, UploadService],
})
export class IngestModule {}
