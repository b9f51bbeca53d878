// The names of the types, for headers that only pass them on. Including it costs next to nothing.
#pragma once

#include <cstdint>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

// Numbers, money, dates.
class Amount;
class Balance;
class Currencies;
class Currency;
class Decimal;
class Money;
class PartialDate;
class Percentage;
class PricePerShare;
class Quantity;
class Ratio;
class ShareCount;
class SplitRatio;
class Timestamp;
enum class Agreement : std::uint8_t;
enum class DatePrecision : std::uint8_t;
enum class Qualifier : std::uint8_t;
enum class Rounding : std::uint8_t;

// Amounts as people write them.
struct AmountText;
struct AmountTextOptions;
enum class DecimalMark : std::uint8_t;
enum class Language : std::uint8_t;

// What sources state.
struct Closing;
struct CurrencyDefinition;
struct Entry;
struct FxRate;
struct MarketTotal;
struct Metric;
struct Participation;
struct Party;
struct Relation;
struct Remark;
struct Retraction;
struct StatedForm;
template <class Form>
struct RoundClaims;
using RoundStatement = RoundClaims<StatedForm>;
struct Source;
struct Split;
struct StatedTotal;
struct Valuation;
enum class EntryKind : std::uint8_t;
enum class Instrument : std::uint8_t;
enum class PartyType : std::uint8_t;
enum class Period : std::uint8_t;
enum class RelationType : std::uint8_t;
enum class RoundStatus : std::uint8_t;
enum class SourceType : std::uint8_t;
enum class ValuationBasis : std::uint8_t;

// What follows from it.
class Error;
class ExchangeRates;
class InstrumentFilter;
class ResolutionPolicy;
struct Claim;
struct CountedInflow;
struct Dossier;
struct Finding;
struct Investment;
struct LatestSharePrice;
struct LatestValuation;
struct Position;
struct ResolvedCompany;
struct ResolvedRound;
struct RoundFigures;
struct SharePriceStep;
struct Total;
struct TotalOptions;
struct UsedRate;
struct Viewpoint;
enum class ErrorCode : std::uint8_t;
enum class FindingCode : std::uint8_t;
enum class Severity : std::uint8_t;
enum class ShareGap : std::uint8_t;
enum class ValuationSeries : std::uint8_t;

// The store.
class CompanyRecord;
class FactsReader;
class Ledger;
class RoundRecord;
class View;
struct ApplyOptions;
struct ApplyReport;
struct CompanySummary;
struct CsvMap;
struct FactsLine;
struct FormD;
struct Head;
struct InvestorSummary;
struct LeaguePlace;
struct LedgerStatus;
struct LogEntry;
struct Match;
struct PartyProfile;
struct RoundFilter;
struct RoundSummary;
struct SourceSummary;
struct TotalFilter;
struct TotalQuery;
struct TotalReport;
struct Verification;
struct ViewOptions;

}  // namespace POSTMONEY_NAMESPACE
