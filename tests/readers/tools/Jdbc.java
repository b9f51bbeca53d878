// Reads columns through JDBC, whose metadata have to say BIGINT: see tests/readers/tools.py. (The catalog's DATA_TYPE is INTEGER
// for every type with INT in its name; its TYPE_NAME and the metadata of a result are right.)
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Types;

public class Jdbc {
    public static void main(String[] arguments) throws Exception {
        Connection ledger = DriverManager.getConnection("jdbc:sqlite:file:" + arguments[0] + "?mode=ro");
        System.out.println(ledger.getMetaData().getDriverVersion());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            ResultSet rows = ledger.createStatement().executeQuery(
                "SELECT \"" + words[1] + "\" FROM " + words[0]);
            int type = rows.getMetaData().getColumnType(1);
            if (type != Types.BIGINT) throw new IllegalStateException(line + " is of JDBC type " + type);
            ResultSet catalog = ledger.getMetaData().getColumns(null, null, words[0], words[1]);
            catalog.next();
            if (!catalog.getString("TYPE_NAME").equals("BIGINT"))
                throw new IllegalStateException(line + " is in the catalog as " + catalog.getString("TYPE_NAME"));
            while (rows.next()) {
                long value = rows.getLong(1);
                System.out.println(line + " " + (rows.wasNull() ? "" : Long.toString(value)));
            }
            rows.close();
        }
    }
}
