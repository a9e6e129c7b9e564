/** Every table of the program and, in order, the migrations that make them. */
import { JudgedCoverageTable } from './audit/coverage.table.ts';
import { FindingHistoryTable, FindingTable } from './audit/finding.table.ts';
import { JudgedTable } from './audit/judged.table.ts';
import { RuleVersionTable } from './audit/rule-version.table.ts';
import { RunTable } from './audit/run.table.ts';
import { SavingTable } from './audit/saving.table.ts';
import { ShadowFindingTable } from './audit/shadow.table.ts';
import { SuppressionTable } from './audit/suppression.table.ts';
import { AlertTable } from './alerts/alert.table.ts';
import { MailTable } from './alerts/mail.table.ts';
import { AdjustmentTable } from './ingest/adjustment.table.ts';
import { ChargeDigestTable, ChargeTable } from './ingest/charge.table.ts';
import { EventTable } from './ingest/event.table.ts';
import { ImportTable, RejectedRowTable } from './ingest/import.table.ts';
import { LabelHistoryTable, LabelTable } from './ingest/label.table.ts';
import { MailerTable, WarehouseTable } from './ingest/own-records.table.ts';
import { ParcelTable } from './ingest/parcel.table.ts';
import { UploadChunkTable, UploadTable } from './ingest/upload.table.ts';
import { VendorNameTable } from './ingest/vendor-name.table.ts';
import { VendorTable } from './ingest/vendor.table.ts';
import { Initial1795400244811 } from './migrations/1795400244811-initial.ts';
import { Service1795410000000 } from './migrations/1795410000000-service.ts';
import { Rating1795420000000 } from './migrations/1795420000000-rating.ts';
import { Tracking1795430000000 } from './migrations/1795430000000-tracking.ts';
import { Polling1795440000000 } from './migrations/1795440000000-polling.ts';
import { Alerts1795450000000 } from './migrations/1795450000000-alerts.ts';
import { Journeys1795460000000 } from './migrations/1795460000000-journeys.ts';
import { Kinds1795470000000 } from './migrations/1795470000000-kinds.ts';
import { ChargesJudged1795471000000 } from './migrations/1795471000000-charges-judged.ts';
import { Vendors1795480000000 } from './migrations/1795480000000-vendors.ts';
import { Engine1795490000000 } from './migrations/1795490000000-engine.ts';
import { Handling1795500000000 } from './migrations/1795500000000-handling.ts';
import { RefundSigns1795532000000 } from './migrations/1795532000000-refund-signs.ts';
import { Shadow1795520000000 } from './migrations/1795520000000-shadow.ts';
import { Review1795530000000 } from './migrations/1795530000000-review.ts';
import { OwnImports1795530000001 } from './migrations/1795530000001-own-imports.ts';
import { SoldDays1795540000000 } from './migrations/1795540000000-sold-days.ts';
import { Suppressions1795500000001 } from './migrations/1795500000001-suppressions.ts';
import { AccessKeyTable } from './platform/access-key.table.ts';
import type { DatabaseSchema } from './platform/database.ts';
import { IdempotencyTable } from './platform/idempotency.table.ts';
import { ReportFileTable, ReportTable, ReportedFindingTable, ReportedImportTable } from './reports/report.table.ts';
import { AnswerBodyTable, CarrierAnswerTable } from './tracking/answer.table.ts';
import { JourneyTable } from './tracking/journey.table.ts';
import { PollTable, SuspectedVendorTable } from './tracking/poll.table.ts';
import { ProviderCallTable, ProviderRestTable } from './tracking/provider-call.table.ts';
import { WebhookDeliveryTable, WebhookParcelTable } from './tracking/webhook.table.ts';

export const schema: DatabaseSchema = {
  entities: [
    AccessKeyTable,
    IdempotencyTable,
    ImportTable,
    RejectedRowTable,
    UploadTable,
    UploadChunkTable,
    VendorNameTable,
    ParcelTable,
    LabelTable,
    LabelHistoryTable,
    EventTable,
    ChargeTable,
    AdjustmentTable,
    ChargeDigestTable,
    MailerTable,
    WarehouseTable,
    VendorTable,
    JourneyTable,
    WebhookDeliveryTable,
    WebhookParcelTable,
    CarrierAnswerTable,
    AnswerBodyTable,
    PollTable,
    SuspectedVendorTable,
    ProviderCallTable,
    ProviderRestTable,
    RuleVersionTable,
    RunTable,
    JudgedTable,
    JudgedCoverageTable,
    SavingTable,
    FindingTable,
    FindingHistoryTable,
    ShadowFindingTable,
    SuppressionTable,
    ReportTable,
    ReportFileTable,
    ReportedFindingTable,
    ReportedImportTable,
    MailTable,
    AlertTable,
  ],
  migrations: [
    Initial1795400244811,
    Service1795410000000,
    Rating1795420000000,
    Tracking1795430000000,
    Polling1795440000000,
    Alerts1795450000000,
    Journeys1795460000000,
    Kinds1795470000000,
    ChargesJudged1795471000000,
    Vendors1795480000000,
    Engine1795490000000,
    Handling1795500000000,
    Suppressions1795500000001,
    Shadow1795520000000,
    Review1795530000000,
    OwnImports1795530000001,
    RefundSigns1795532000000,
    SoldDays1795540000000,
  ],
};
