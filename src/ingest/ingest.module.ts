/** Wires imports; whoever includes it provides the DataSource. */
import { Module } from '@nestjs/common';
import { loadPersonalData } from '../catalog/personal-data.ts';
import { loadSpellings } from '../catalog/spellings.ts';
import { projectRoot } from '../platform/config.ts';
import { ImportVocabulary } from './import-vocabulary.ts';
import { ImportService } from './import.service.ts';

@Module({
  providers: [
    ImportService,
    {
      provide: ImportVocabulary,
      useFactory: () => new ImportVocabulary(loadSpellings(projectRoot()), loadPersonalData(projectRoot())),
    },
  ],
  exports: [ImportService],
})
export class IngestModule {}
