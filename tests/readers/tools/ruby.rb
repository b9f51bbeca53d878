# Reads columns with the gem sqlite3: see tests/readers/tools.py.
require "sqlite3"

ledger = SQLite3::Database.new(ARGV[0], readonly: true)
puts SQLite3::VERSION
STDIN.each_line do |line|
  name, column = line.split
  ledger.execute("SELECT \"#{column}\" FROM #{name}") { |row| puts "#{name} #{column} #{row[0]}" }
end
